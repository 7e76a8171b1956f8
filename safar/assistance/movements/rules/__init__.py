"""What is lawful in a movement, and when. Plain values in, plain values out."""
