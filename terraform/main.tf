data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

# ARNs are built from names instead of read from resources, so that a plan shows every policy whole, and so that a
# function can be told its own alias.
locals {
  account   = data.aws_caller_identity.current.account_id
  partition = data.aws_partition.current.partition
  region    = data.aws_region.current.id
  scope     = "${local.region}:${local.account}"

  alias          = "live"
  function_names = { for function in local.functions : function => "${var.name}-${function}" }
  function_arns = {
    for function, name in local.function_names : function => "arn:${local.partition}:lambda:${local.scope}:function:${name}"
  }
  alias_arns     = { for function, arn in local.function_arns : function => "${arn}:${local.alias}" }
  log_groups     = { for function, name in local.function_names : function => "/aws/lambda/${name}" }
  log_group_arns = { for function, name in local.log_groups : function => "arn:${local.partition}:logs:${local.scope}:log-group:${name}" }

  config_prefix = coalesce(var.config_prefix, ".sluice/${var.name}/pipelines")

  bucket_arn = "arn:${local.partition}:s3:::${var.bucket_name}"
  table_name = "${var.name}-checkpoints"
  table_arn  = "arn:${local.partition}:dynamodb:${local.scope}:table/${local.table_name}"

  queue_names = {
    nudges      = "${var.name}-nudges.fifo"
    nudges_dead = "${var.name}-nudges-dead.fifo"
    resume      = "${var.name}-resume"
    dead        = "${var.name}-dead"
  }
  queue_arns = { for queue, name in local.queue_names : queue => "arn:${local.partition}:sqs:${local.scope}:${name}" }

  schedule_group     = var.name
  schedule_group_arn = "arn:${local.partition}:scheduler:${local.scope}:schedule-group/${local.schedule_group}"
  schedule_role_name = "${var.name}-schedules"
  schedule_role_arn  = "arn:${local.partition}:iam::${local.account}:role/${local.schedule_role_name}"
}
