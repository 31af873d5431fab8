"""What each machine is: texts, serial numbers and MAC addresses read by grammar, abstaining rather than guessing."""
