using Amazon.Runtime;
using FanOut.Credentials.Profiles;

namespace FanOut.Credentials;

/// <summary>Who will call, as far as nothing was asked for yet.</summary>
/// <param name="Identity">What people know them by, without secrets.</param>
/// <param name="Profile">The profile, where one was chosen.</param>
/// <param name="Credentials">Makes the credentials, given a session of any other caller in the same region, with the same connections.</param>
internal sealed record CallerSource(string Identity, Profile? Profile, Func<Func<Caller, AwsSession>, AWSCredentials> Credentials)
{
    /// <summary>A caller whose credentials are there.</summary>
    public static CallerSource Of(AWSCredentials credentials, string identity, Profile? profile = null) => new(identity, profile, _ => credentials);

    /// <summary>Opens the caller's session.</summary>
    public AwsSession Open(Func<Caller, AwsSession> open) => open(new Caller(Credentials(open), Identity));
}
