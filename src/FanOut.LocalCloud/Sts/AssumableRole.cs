namespace FanOut.LocalCloud.Sts;

/// <summary>A role that can be assumed.</summary>
/// <param name="Arn">Its ARN.</param>
/// <param name="ExternalId">The external id its trust policy asks for; null when it asks for none.</param>
public sealed record AssumableRole(string Arn, string? ExternalId);
