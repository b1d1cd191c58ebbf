output "bucket" {
  description = "Bucket of the lake."
  value       = module.sluice.bucket
}

output "config_uri" {
  description = "Where the functions read pipeline files."
  value       = module.sluice.config_uri
}

output "checkpoint_table" {
  description = "Table of checkpoints and leases."
  value       = module.sluice.checkpoint_table
}

output "functions" {
  description = "Names and ARNs of the functions."
  value       = module.sluice.functions
}

output "environments" {
  description = "By function: its environment variables."
  value       = module.sluice.environments
}

output "schedule_group" {
  description = "Group of the schedules."
  value       = module.sluice.schedule_group
}

output "schedule_inputs" {
  description = "By pipeline: the event of its schedule."
  value       = module.sluice.schedule_inputs
}

output "queues" {
  description = "URLs and ARNs of the queues."
  value       = module.sluice.queues
}
