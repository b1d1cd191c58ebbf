output "functions" {
  description = "Names and ARNs of the functions."
  value       = module.sluice.functions
}

output "write_once_policy" {
  description = "For the bucket's owner: the statement that has S3 refuse to replace microbatches."
  value       = module.sluice.write_once_policy
}
