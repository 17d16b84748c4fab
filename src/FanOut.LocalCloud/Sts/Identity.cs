namespace FanOut.LocalCloud.Sts;

/// <summary>The owner of an access key.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="Arn">The user or assumed role.</param>
/// <param name="UserId">The unique id.</param>
/// <param name="RoleArn">The role of a session; null for other keys.</param>
/// <param name="IsOfIamRole">Whether that role is one of the stand-in's IAM, whose policies can be evaluated.</param>
internal sealed record Identity(string AccountId, string Arn, string UserId, string? RoleArn = null, bool IsOfIamRole = false);
