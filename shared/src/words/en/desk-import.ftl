# The import: columns
desk-import-field-last-name = Last name
desk-import-field-usage-name = Name in use
desk-import-field-first-name = First name
desk-import-field-born = Date of birth
desk-import-field-reference = National number (INE)
desk-import-field-school = School
desk-import-field-class = Class
desk-import-field-level = Level
desk-import-field-phone = Emergency telephone
desk-import-field-must-know = To be known
desk-import-field-left-on = Date of leaving
desk-import-field-of-guardian = { $part } of guardian { $nth }
desk-import-part-last-name = Last name
desk-import-part-usage-name = Name in use
desk-import-part-first-name = First name
desk-import-part-email = E-mail
desk-import-part-phone = Telephone
desk-import-column-line = Line
desk-import-column-reason = Reason

# The import: what is wrong with a line
desk-import-no-last-name = The last name is missing. Complete the line.
desk-import-no-first-name = The first name is missing. Complete the line.
desk-import-no-birth = The date of birth is missing, and the child is not known yet. Complete the line.
desk-import-bad-date = “{ $said }” is not a date. Write it like 04/03/2019.
desk-import-born-later = This date of birth is in the future. Correct it.
desk-import-bad-phone = “{ $said }” is not a telephone number. Write it like 06 39 98 00 01.
desk-import-bad-email = “{ $said }” is not an e-mail address. Correct it or empty the cell.
desk-import-too-long = This text is too long for a name: 120 characters at most.
desk-import-unknown-school = The school “{ $said }” does not exist. Create it among the schools, or correct the line.
desk-import-unknown-school-closest = The school “{ $said }” does not exist. Is it “{ $name }”?
desk-import-unknown-class = The class “{ $said }” does not exist. Correct the line, or go back to the columns and choose to create missing classes.
desk-import-unknown-class-closest = The class “{ $said }” does not exist. Is it “{ $name }”? If not, go back to the columns and choose to create missing classes.
desk-import-class-of-which-school = Nobody knows which school the class “{ $said }” belongs to. Give the school in the file, or choose it with the columns.
desk-import-reference-of-another = This number is that of { $name }, born on another day. Check it.
desk-import-other-birth = A child of the same names was born on { $born }. Correct the date, or give the number of each; if it is another child, go back to the columns and choose to create namesakes.
desk-import-other-reference = A child of the same names and date of birth has the number { $reference }. Check the number of this line; if it is another child, create its file by hand.
desk-import-several-fit = Several children have these names. Give the number of the one this line is about.
desk-import-unknown-child = No known child has these names. Give the date of birth, or import the list of pupils first.
desk-import-contradicts = Line { $line } says something else: “{ $said }”. Keep the right value on both lines.
desk-import-guardian-without-name = This guardian has no name. Complete the line or empty its other cells.
desk-import-which-household = The child lives in several households, and { $name } is in none of them. Add this guardian from the child’s file.
desk-import-change = { $field }: { $new } instead of { $old }
desk-import-change-from-nothing = { $field }: { $new }
desk-import-change-to-nothing = { $field }: nothing any more, instead of { $old }

# The import: what is wrong with a file
desk-import-file-empty = This file is empty. Choose another one.
desk-import-file-no-lines = This file has headers only. Add a line for each child.
desk-import-file-too-many-lines = This file has more than { $most } lines. Cut it in two and import the parts one after the other.
desk-import-file-too-many-columns = This file has more than 200 columns. Keep those about children and their guardians.
desk-import-file-other-spreadsheet = This spreadsheet cannot be read. Open it, save it without a password as “Excel workbook (.xlsx)” or “CSV”, then try again.
desk-import-file-damaged = This workbook is damaged or protected. Open it, save it again as “Excel workbook (.xlsx)”, then try again.
desk-import-file-not-text = This file is neither text nor an Excel workbook. Choose a .csv or .xlsx file.
