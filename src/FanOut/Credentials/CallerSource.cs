using Amazon.Runtime;
using FanOut.Credentials.Profiles;

namespace FanOut.Credentials;

/// <summary>A caller that has been chosen, but whose credentials have not been fetched yet.</summary>
/// <param name="Identity">How messages name the caller, without secrets.</param>
/// <param name="Profile">The profile; null if none was chosen.</param>
/// <param name="Credentials">
/// Makes the credentials. It is given a function that opens a session of another caller in the same region, with the same connections.
/// </param>
internal sealed record CallerSource(string Identity, Profile? Profile, Func<Func<Caller, AwsSession>, AWSCredentials> Credentials)
{
    /// <summary>A caller whose credentials are known already.</summary>
    public static CallerSource Of(AWSCredentials credentials, string identity, Profile? profile = null) => new(identity, profile, _ => credentials);

    /// <summary>Opens the caller's session.</summary>
    public AwsSession Open(Func<Caller, AwsSession> open) => open(new Caller(Credentials(open), Identity));
}
