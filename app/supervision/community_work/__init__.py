"""Community work: the court's hours, the days worked, and the akimat's monthly timesheet and act."""
