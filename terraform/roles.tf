resource "aws_iam_role" "function" {
  for_each = local.functions

  name                 = local.function_names[each.key]
  description          = "What ${local.function_names[each.key]} may do"
  permissions_boundary = var.permissions_boundary_arn
  tags                 = var.tags

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "lambda.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "function" {
  for_each = local.functions

  name   = "sluice"
  role   = aws_iam_role.function[each.key].name
  policy = jsonencode({ Version = "2012-10-17", Statement = local.statements[each.key] })

  lifecycle {
    precondition {
      condition     = length(jsonencode(local.statements[each.key])) < 10000
      error_message = <<-EOT
        ${length(var.pipelines)} pipelines make the policy of ${local.function_names[each.key]} larger than the 10,240 characters that
        IAM allows. Use the module twice, with another name, for half of them each.
      EOT
    }
    precondition {
      condition     = length(distinct(local.statements[each.key][*].Sid)) == length(local.statements[each.key])
      error_message = <<-EOT
        policy_statements has a Sid of the module's own: ${join(", ", local.statements[each.key][*].Sid)} are there. Choose another.
      EOT
    }
  }
}

# Schedules use it, and the ones that the functions create to be resumed.
resource "aws_iam_role" "schedules" {
  name                 = local.schedule_role_name
  description          = "Lets the schedules of ${local.schedule_group} invoke their functions"
  permissions_boundary = var.permissions_boundary_arn
  tags                 = var.tags

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "scheduler.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = { StringEquals = {
        "aws:SourceAccount" = local.account
        "aws:SourceArn"     = local.schedule_group_arn
      } }
    }]
  })
}

resource "aws_iam_role_policy" "schedules" {
  name   = "sluice"
  role   = aws_iam_role.schedules.name
  policy = jsonencode({ Version = "2012-10-17", Statement = local.schedule_statements })
}
