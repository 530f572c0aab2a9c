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
desk-import-field-of-guardian = Guardian { $nth } – { $part }
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
desk-import-reference-of-another = This number is that of { $name }. Check it.
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

# The import: its pages
desk-import-children = Children
desk-import-title = Import children
desk-import-lead = A file of pupils or families creates missing records and updates the others. Nothing is saved before you confirm.
desk-import-file = File
desk-import-file-hint = A .csv or .xlsx file of { $mb } MB at most.
desk-import-file-lines = It may have { $lines } lines, one for each child.
desk-import-file-missing = Choose a file.
desk-import-file-too-large = This file is larger than { $mb } MB. Keep the useful columns, or cut it in two, then try again.
desk-import-send = Read the file
desk-import-help = Which files will do
desk-import-help-onde = The extractions of ONDE: the list of pupils, then that of guardians.
desk-import-help-own = Any table with one line for each child and headers above the columns.
desk-import-model = Download an empty model
desk-import-help-twice = A file imported twice changes nothing the second time.
desk-import-help-empty = An empty cell or a missing column never erases what is saved.
desk-import-columns = Columns of the file
desk-import-columns-lead = Check what each column says. Those left out change nothing.
desk-import-lines = { $count ->
    [one] { $count } line
   *[other] { $count } lines
}
desk-import-columns-header = Header
desk-import-columns-samples = First values
desk-import-columns-says = What the column says
desk-import-columns-untitled = (untitled)
desk-import-column-says = The column “{ $header }” says
desk-import-left-out = Left out
desk-import-school = School of children whose line names none
desk-import-school-none = None
desk-import-school-hint = To be chosen for a file of ONDE, which does not name its school.
desk-import-make-classes = Create missing classes
desk-import-make-classes-hint = Otherwise a line whose class does not exist is refused.
desk-import-make-homonyms = Create namesakes born on another day
desk-import-make-homonyms-hint = Otherwise a child of the same names as another, born on another day, is refused: the date may be mistyped.
desk-import-columns-need = Choose the column that says: { $field }.
desk-import-columns-twice = Two columns say the same: { $field }. Keep one of them.
desk-import-preview = See what the import will do
desk-import-abandon = Give this import up
desk-import-preview-title = What the import will do
desk-import-nothing-yet = Nothing is saved yet.
desk-import-moved = Records changed since the preview. Nothing was saved since you confirmed: read what follows again, then confirm.
desk-import-shares = Lines of the file
desk-import-share-wrong = { $count ->
    [one] refused
   *[other] refused
}
desk-import-share-new = { $count ->
    [one] new child
   *[other] new children
}
desk-import-share-changed = { $count ->
    [one] record changed
   *[other] records changed
}
desk-import-share-same = unchanged
desk-import-line-wrong = Refused
desk-import-line-new = New child
desk-import-line-changed = Record changed
desk-import-line-same = Unchanged
desk-import-none-so = No line of this kind.
desk-import-head-line = Line
desk-import-head-child = Child
desk-import-head-said = What will happen
desk-import-decide = Decide
desk-import-work = { $count ->
    [one] { $count } line will be saved.
   *[other] { $count } lines will be saved.
}
desk-import-classes-made = Classes created: { $names }.
desk-import-skips = { $count ->
    [one] { $count } refused line will be left aside; you can download it with its reason.
   *[other] { $count } refused lines will be left aside; you can download them with their reasons.
}
desk-import-confirm = { $count ->
    [one] Save { $count } line
   *[other] Save { $count } lines
}
desk-import-idle = Everything is saved already: this file changes nothing.
desk-import-idle-wrong = No line changes anything. Correct those that are refused, then import the file again.
desk-import-columns-again = Back to the columns
desk-import-born = born { $date }
desk-import-report = Import done
desk-import-report-new = { $count ->
    [one] { $count } child created
   *[other] { $count } children created
}
desk-import-report-changed = { $count ->
    [one] { $count } line changed a record
   *[other] { $count } lines changed a record
}
desk-import-report-same = { $count ->
    [one] { $count } line unchanged
   *[other] { $count } lines unchanged
}
desk-import-report-classes = { $count ->
    [one] { $count } class created
   *[other] { $count } classes created
}
desk-import-report-skipped = { $count ->
    [one] { $count } line was left aside. Download it, correct it, then import that file.
   *[other] { $count } lines were left aside. Download them, correct them, then import that file.
}
desk-import-report-file = Download the refused lines
desk-import-report-whole = Every line was taken.
desk-import-see-children = See the children
desk-import-another = Import another file
