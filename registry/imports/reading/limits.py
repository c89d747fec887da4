"""How much the reading stage takes in before it refuses a file. The real files need a tenth of it."""

CSV_BYTES = 60_000_000
WORKBOOK_BYTES = 30_000_000
UNPACKED_BYTES = 60_000_000
PARTS = 500  # files inside a workbook
PACKED_RATIO = 100  # the real workbooks unpack to nine times their size
PACKED_RATIO_FROM = 1_000_000  # bytes; smaller ones may be all repetition
MARKS = 3_000_000  # elements and attributes in one part of a workbook, counted before any is made
COLUMNS = 200
LINE = 100_000  # characters
ROWS = 1_000_000
CELL = 200  # characters; the longest name that the register takes
PATIENTS = 10_000_000
YEARS = range(1900, 2101)
REJECTED_ALWAYS = 5  # so many bad rows are never a reason to refuse a file,
REJECTED_SHARE = 20  # more of them are, when they are more than one row in so many
