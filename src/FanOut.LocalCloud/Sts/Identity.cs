namespace FanOut.LocalCloud.Sts;

/// <summary>Whom an access key stands for.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="Arn">The user or assumed role.</param>
/// <param name="UserId">The unique id.</param>
internal sealed record Identity(string AccountId, string Arn, string UserId);
