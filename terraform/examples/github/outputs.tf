output "functions" {
  description = "Names and ARNs of the functions."
  value       = module.sluice.functions
}

output "queues" {
  description = "Send nudges to the queue nudges: {\"pipeline\": \"acme-github\", \"table\": \"issues\"}."
  value       = module.sluice.queues
}
