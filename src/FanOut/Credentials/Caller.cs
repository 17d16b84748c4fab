using Amazon.Runtime;

namespace FanOut.Credentials;

/// <summary>Who calls AWS.</summary>
/// <param name="Credentials">The credentials; they may still have to be fetched.</param>
/// <param name="Identity">How messages name the caller, without secrets: <c>profile 'prod'</c>, <c>access key AKIA…</c>.</param>
internal sealed record Caller(AWSCredentials Credentials, string Identity);
