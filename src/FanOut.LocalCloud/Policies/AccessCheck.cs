namespace FanOut.LocalCloud.Policies;

/// <summary>One permission that a role needed, and whether it had it.</summary>
/// <param name="RoleArn">The role.</param>
/// <param name="Action">The action in IAM's words, for example <c>kinesis:PutRecords</c>.</param>
/// <param name="Resource">The resource's ARN; <c>*</c> for actions without one.</param>
/// <param name="Decision">The decision of the role's policies.</param>
public sealed record AccessCheck(string RoleArn, string Action, string Resource, AccessDecision Decision);
