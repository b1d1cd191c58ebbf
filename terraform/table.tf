resource "aws_dynamodb_table" "checkpoints" {
  name                        = local.table_name
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "pipeline"
  range_key                   = "table_flow"
  deletion_protection_enabled = var.deletion_protection
  tags                        = var.tags

  attribute {
    name = "pipeline"
    type = "S"
  }

  attribute {
    name = "table_flow"
    type = "S"
  }

  point_in_time_recovery {
    enabled = true
  }

  # Without a key of yours, DynamoDB encrypts with one that AWS owns, which this block cannot name.
  dynamic "server_side_encryption" {
    for_each = var.kms_key_arn[*]

    content {
      enabled     = true
      kms_key_arn = server_side_encryption.value
    }
  }
}
