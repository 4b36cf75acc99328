output "function_name" {
  description = "For --function"
  value       = var.name
}

output "bucket_name" {
  description = "For --bucket or REVIDEO_BUCKET_NAME"
  value       = aws_s3_bucket.bucket.bucket
}

output "log_group_name" {
  description = "Where `kinora lambda logs` reads"
  value       = aws_cloudwatch_log_group.log_group.name
}

output "render_policy_arn" {
  description = "To be attached to who renders"
  value       = aws_iam_policy.render_policy.arn
}
