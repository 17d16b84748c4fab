using FanOut.Credentials.Profiles;
using FanOut.Errors;

namespace FanOut.Credentials;

/// <summary>Opens a session: finds the credentials, the region and the endpoints.</summary>
internal static class OpenSession
{
    /// <summary>Opens a session. AWS is not called; the instance's metadata service is, if nothing else gives credentials or a region.</summary>
    /// <param name="request">The user's parameters.</param>
    /// <param name="log">Gets a line for each call.</param>
    /// <param name="time">The clock of call times.</param>
    /// <param name="stopToken">Cancels the calls that credentials make.</param>
    /// <exception cref="FanOutException">No credentials, or no region; CredentialFileInvalid where a file is needed for them.</exception>
    public static AwsSession Of(SessionRequest request, CallLog log, TimeProvider time, CancellationToken stopToken = default) =>
        Of(request, log, time, Environment.GetEnvironmentVariable, stopToken);

    /// <inheritdoc cref="Of(SessionRequest, CallLog, TimeProvider, CancellationToken)"/>
    internal static AwsSession Of(SessionRequest request, CallLog log, TimeProvider time, Func<string, string?> environment, CancellationToken stopToken)
    {
        if (request.ProfileLocation is { } location && !Path.Exists(location))
        {
            throw FanOutError.InvalidCredentials($"-ProfileLocation {location} does not exist.");
        }

        var store = new ProfileStore(SharedFiles.Of(request.ProfileLocation, environment), isDefault: request.ProfileLocation is null);
        var metadata = new InstanceMetadata(environment, time);
        CallerSource source = new ResolveCredentials(store, environment, metadata).Of(request);
        var profile = new Lazy<Profile?>(() => source.Profile ?? Ambient(store, environment));
        string region = new ResolveRegion(environment, metadata).Of(request, profile);
        (Profile? ofCalls, string? warning) = source.Profile is null && request.EndpointUrl is null ? SettingsOfCalls(request, environment) : (source.Profile, null);
        var endpoints = new ServiceEndpoints(request.EndpointUrl, ofCalls, environment);
        var sdk = new SdkSettings(ofCalls, environment);
        var http = new SessionHttpClientFactory(log, !request.NoVerifySsl, request.Timeout, a => endpoints.OriginOf(a) ?? sdk.OriginOf(a), time);
        var settings = new CallSettings(endpoints, sdk, http, stopToken)
        {
            Warning = warning,
        };
        List<IDisposable> sources = [];
        AwsSession session = source.Open(Opened);
        sources.Remove(session);
        sources.ForEach(s => session.Owning(s));
        return session.Owning(http);

        AwsSession Opened(Caller caller)
        {
            var opened = new AwsSession(caller, region, settings);
            sources.Add(opened);
            return opened;
        }
    }

    // Who gives keys, region and endpoint needs no file. Where only endpoints and the like would be read of one, a line that cannot be read must not stop
    // the call, but be told if it is of the profile: the call may go to another endpoint than the file says.
    private static (Profile? Profile, string? Warning) SettingsOfCalls(SessionRequest request, Func<string, string?> environment)
    {
        var store = ProfileStore.OfSettings(SharedFiles.Of(request.ProfileLocation, environment), isDefault: request.ProfileLocation is null);
        Profile? profile = Ambient(store, environment);
        FanOutException? odd = store.FindOdd(AmbientName(environment), profile);
        return (profile, odd is null ? null : $"{odd.Message} What it sets, such as endpoint_url and use_fips_endpoint, is left out.");
    }

    // A caller with plain keys still has the settings of a profile (region, endpoints), as with the AWS CLI.
    private static Profile? Ambient(ProfileStore store, Func<string, string?> environment) =>
        store.TryGet(AmbientName(environment), out Profile? profile) ? profile : null;

    private static string AmbientName(Func<string, string?> environment) => environment("AWS_PROFILE") is { Length: > 0 } name ? name : Profile.Default;
}
