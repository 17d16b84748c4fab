using Amazon.Runtime;
using FanOut.Credentials.Profiles;
using FanOut.Errors;

namespace FanOut.Credentials;

/// <summary>Chooses the caller: the first one that is given, in the order that the help of <c>-ProfileName</c> lists.</summary>
/// <param name="store">The profiles.</param>
/// <param name="environment">The environment's variables.</param>
/// <param name="metadata">The instance.</param>
internal sealed class ResolveCredentials(ProfileStore store, Func<string, string?> environment, InstanceMetadata metadata)
{
    private readonly ProfileCaller _profiles = new(store, environment, metadata);

    /// <summary>The caller. No service is called yet, except that the instance is asked for its role if nothing else was found.</summary>
    /// <exception cref="FanOutException">No caller was found, or the chosen one has no credentials: no other is tried instead.</exception>
    public CallerSource Of(SessionRequest request) =>
        Keys(request)
        ?? (request.Credential is { } given ? GivenCredentials.Of(given, "-Credential") : null)
        ?? (request.ProfileName is { } profile ? Named(profile) : null)
        ?? (request.StoredCredential is { } stored ? GivenCredentials.Of(stored, "$StoredAWSCredentials") : null)
        ?? EnvironmentCaller.Of(environment)
        ?? ByProfileVariable()
        ?? EnvironmentCaller.Container(environment)
        ?? ProfileCaller.Instance(metadata)
        ?? throw FanOutError.CredentialsMissing(
            "-AccessKey, -Credential, -ProfileName, $StoredAWSCredentials, AWS_ACCESS_KEY_ID, AWS_WEB_IDENTITY_TOKEN_FILE, AWS_PROFILE, "
            + $"the profile 'default' in {store.Files.Description}, the container, the instance ({metadata.Silence ?? "it has no role"})",
            null);

    private static CallerSource? Keys(SessionRequest request) => (request.AccessKey, request.SecretKey) switch
    {
        ({ } key, { } secret) => CallerSource.Of(
            request.SessionToken is { } token ? new SessionAWSCredentials(key, secret, token) : new BasicAWSCredentials(key, secret), $"access key {key}"),
        ({ }, null) => throw FanOutError.InvalidCredentials("-AccessKey was given without -SecretKey."),
        (null, { }) => throw FanOutError.InvalidCredentials("-SecretKey was given without -AccessKey."),
        _ when request.SessionToken is not null => throw FanOutError.InvalidCredentials("-SessionToken was given without -AccessKey and -SecretKey."),
        _ => null,
    };

    private CallerSource? ByProfileVariable() => environment("AWS_PROFILE") is { Length: > 0 } name and not Profile.Default
        ? Named(name)
        : store.TryGet(Profile.Default, out Profile? profile) && profile.Kind != ProfileKind.None ? _profiles.Of(profile) : null;

    private CallerSource Named(string name) => store.TryGet(name, out Profile? profile)
        ? _profiles.Of(profile)
        : throw FanOutError.ProfileNotFound(name, store.Files.Description, store.Names);
}
