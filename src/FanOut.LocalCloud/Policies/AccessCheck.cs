namespace FanOut.LocalCloud.Policies;

/// <summary>One permission that a role needed, and whether it had it.</summary>
/// <param name="RoleArn">The role.</param>
/// <param name="Action">The action in IAM's words, for example <c>kinesis:PutRecords</c>.</param>
/// <param name="Resource">The resource's ARN; <c>*</c> for actions that are about none.</param>
/// <param name="Decision">What the role's policies say.</param>
public sealed record AccessCheck(string RoleArn, string Action, string Resource, AccessDecision Decision);
