output "functions" {
  description = "Names and ARNs of the functions."
  value       = module.sluice.functions
}

output "bucket" {
  description = "Bucket of the lake."
  value       = module.sluice.bucket
}

output "checkpoint_table" {
  description = "Table of checkpoints; SLUICE_CHECKPOINT_TABLE for the command line."
  value       = module.sluice.checkpoint_table
}

output "schedule_inputs" {
  description = "By pipeline: the event of its schedule, to invoke the function by hand."
  value       = module.sluice.schedule_inputs
}

output "queues" {
  description = "URLs and ARNs of the queues."
  value       = module.sluice.queues
}
