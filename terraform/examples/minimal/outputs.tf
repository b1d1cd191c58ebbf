output "functions" {
  description = "Names and ARNs of the functions."
  value       = module.sluice.functions
}
