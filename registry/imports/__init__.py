"""Published files of the NHS into the register: read, compare, write, take back."""
