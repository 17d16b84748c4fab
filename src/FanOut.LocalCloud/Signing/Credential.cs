namespace FanOut.LocalCloud.Signing;

/// <summary>Who signed a request, and for what: the credential scope of Signature Version 4.</summary>
/// <param name="AccessKeyId">The access key's id.</param>
/// <param name="Region">The region the signature is for.</param>
/// <param name="Service">The service's signing name.</param>
/// <param name="SessionToken">The session token that was sent; null for long-lived keys.</param>
internal sealed record Credential(string AccessKeyId, string Region, string Service, string? SessionToken);
