using System.Globalization;
using Amazon.Runtime;
using FanOut.Credentials.Profiles;
using FanOut.Errors;

namespace FanOut.Credentials;

/// <summary>The caller that a profile of the shared credential store describes.</summary>
/// <param name="store">The profiles.</param>
/// <param name="environment">The environment's variables, for profiles with <c>credential_source = Environment</c> or <c>EcsContainer</c>.</param>
/// <param name="metadata">The instance, for profiles with <c>credential_source = Ec2InstanceMetadata</c>.</param>
internal sealed class ProfileCaller(ProfileStore store, Func<string, string?> environment, InstanceMetadata metadata)
{
    /// <summary>The caller of a profile.</summary>
    /// <exception cref="FanOutException">The profile's settings do not make credentials.</exception>
    public CallerSource Of(Profile profile) => Of(profile, []);

    private CallerSource Of(Profile profile, IReadOnlyList<string> roles)
    {
        string identity = $"profile '{profile.Name}'";
        switch (profile.Kind)
        {
            case ProfileKind.Keys:
                return Keys(profile);
            case ProfileKind.Role:
                return new CallerSource(identity, profile, Role(profile, roles));
            case ProfileKind.WebIdentity:
                (string role, string file) = (profile["role_arn"]!, profile["web_identity_token_file"]!);
                return new CallerSource(identity, profile, open => Explained(
                    profile, new WebIdentityRole(open(Anonymous(identity)), role, file, profile["role_session_name"]), $"The token is read from {file}."));
            case ProfileKind.IdentityCenter:
                return new CallerSource(identity, profile, IdentityCenter(profile, identity));
            case ProfileKind.Process:
                return CallerSource.Of(Explained(profile, new ProcessAWSCredentials(profile["credential_process"]), "Run the command of its credential_process yourself to see what it says."), identity, profile);
            case ProfileKind.Login:
                throw FanOutError.ProfileUnusable(
                    profile.Name, "it needs 'aws login', which is not supported.", Export(profile.Name));
            case ProfileKind.None when profile["web_identity_token_file"] is not null:
                throw FanOutError.ProfileUnusable(profile.Name, "it has a web_identity_token_file and no role_arn, the role to assume with the token.", "Add role_arn to the profile.");
            default:
                throw FanOutError.ProfileUnusable(
                    profile.Name, "it has neither aws_access_key_id nor role_arn, sso_session or credential_process.", $"'aws configure --profile {profile.Name}' adds a key, 'aws configure sso --profile {profile.Name}' adds IAM Identity Center.");
        }
    }

    private static CallerSource Keys(Profile profile)
    {
        string key = Needed(profile, "aws_access_key_id");
        string secret = Needed(profile, "aws_secret_access_key");
        return CallerSource.Of(
            profile["aws_session_token"] is { } token ? new SessionAWSCredentials(key, secret, token) : new BasicAWSCredentials(key, secret),
            $"profile '{profile.Name}' (access key {key})",
            profile);
    }

    private Func<Func<Caller, AwsSession>, AWSCredentials> Role(Profile profile, IReadOnlyList<string> roles)
    {
        if (profile["mfa_serial"] is not null)
        {
            throw FanOutError.ProfileUnusable(profile.Name, "its role needs a code of an MFA device, which cannot be asked for here.", Export(profile.Name));
        }

        CallerSource source = Source(profile, [.. roles, profile.Name]);
        int seconds = profile["duration_seconds"] is not { } text ? 3600
            : int.TryParse(text, CultureInfo.InvariantCulture, out int number) ? number
            : throw FanOutError.ProfileUnusable(profile.Name, $"its duration_seconds is '{text}', which is no number.");
        return open => Explained(
            profile, new AssumedRole(source.Open(open), profile["role_arn"]!, profile["external_id"], profile["role_session_name"], seconds), $"It assumes the role {profile["role_arn"]} as {source.Identity}.");
    }

    private CallerSource Source(Profile profile, IReadOnlyList<string> roles)
    {
        switch (profile["source_profile"], profile["credential_source"])
        {
            case ({ } name, null):
                Profile source = store.TryGet(name, out Profile? found)
                    ? found
                    : throw FanOutError.ProfileUnusable(profile.Name, $"its source_profile '{name}' does not exist in {store.Files.Description}.");

                // A profile may name itself as its source: then its own keys assume its role.
                return name == profile.Name ? Keys(source)
                    : roles.Contains(name) ? throw FanOutError.ProfileUnusable(roles[0], $"its source_profile goes round in a circle: {string.Join(" -> ", [.. roles, name])}.")
                    : Of(source, roles);
            case (null, { } place):
                return (place switch
                {
                    "Environment" => EnvironmentCaller.Of(environment),
                    "EcsContainer" => EnvironmentCaller.Container(environment),
                    "Ec2InstanceMetadata" => Instance(metadata),
                    _ => throw FanOutError.ProfileUnusable(profile.Name, $"its credential_source is '{place}'; it may be Environment, EcsContainer or Ec2InstanceMetadata."),
                }) ?? throw FanOutError.ProfileUnusable(profile.Name, $"its credential_source {place} has no credentials.");
            case (null, null):
                throw FanOutError.ProfileUnusable(profile.Name, "it has a role_arn, and neither source_profile nor credential_source to assume it with.");
            default:
                throw FanOutError.ProfileUnusable(profile.Name, "it has both source_profile and credential_source.");
        }
    }

    /// <summary>The role of the instance.</summary>
    /// <returns>Null if there is no instance, or it has no role.</returns>
    public static CallerSource? Instance(InstanceMetadata metadata) => metadata.Role() is { Length: > 0 } role
        ? new CallerSource($"instance (role {role})", null, open => new ExplainedCredentials(
            new InstanceRole(metadata, role, open(Anonymous("instance")).StopToken), e => FanOutError.CredentialsUnusable($"The instance's role {role}", e)))
        : null;

    private static Func<Func<Caller, AwsSession>, AWSCredentials> IdentityCenter(Profile profile, string identity)
    {
        if (profile["sso_session"] is { } session && profile["sso_start_url"] is null)
        {
            throw FanOutError.ProfileUnusable(profile.Name, $"the config file has no section [sso-session {session}] with an sso_start_url.");
        }

        (string account, string role, string url, string region) =
            (Needed(profile, "sso_account_id"), Needed(profile, "sso_role_name"), Needed(profile, "sso_start_url"), Needed(profile, "sso_region"));
        return open => Explained(
            profile, new IdentityCenterRole(open(Anonymous(identity)).In(region), profile, account, role, url), $"Sign on: aws sso login --profile {profile.Name}");
    }

    private static string Needed(Profile profile, string setting) =>
        profile[setting] ?? throw FanOutError.ProfileUnusable(profile.Name, $"it has no {setting}.");

    private static Caller Anonymous(string identity) => new(new AnonymousAWSCredentials(), identity);

    private static ExplainedCredentials Explained(Profile profile, AWSCredentials credentials, string advice) =>
        new(credentials, e => FanOutError.ProfileUnusable(profile.Name, e.Message, advice, e));

    private static string Export(string profile) =>
        $"Let the AWS CLI ask for it, and use its keys: aws configure export-credentials --profile {profile} --format powershell | Invoke-Expression";
}
