"""The crossing point: shifts, booths, inspections, decisions, crossings."""
