using System.Diagnostics.CodeAnalysis;
using Amazon.Runtime.CredentialManagement;

namespace FanOut.Credentials.Profiles;

/// <summary>The encrypted store that Set-AWSCredential -StoreAs and the AWS Toolkit write on Windows; elsewhere it is empty.</summary>
internal static class EncryptedProfiles
{
    /// <summary>The names of its profiles.</summary>
    public static IEnumerable<string> Names() => OperatingSystem.IsWindows() ? new NetSDKCredentialsFile().ListProfileNames() : [];

    /// <summary>Finds a profile.</summary>
    public static bool TryGet(string name, [NotNullWhen(true)] out Profile? profile)
    {
        profile = OperatingSystem.IsWindows() && new NetSDKCredentialsFile().TryGetProfile(name, out CredentialProfile stored) ? Of(stored) : null;
        return profile is not null;
    }

    /// <summary>A stored profile with its settings under the names they have in the shared files.</summary>
    internal static Profile Of(CredentialProfile stored)
    {
        CredentialProfileOptions options = stored.Options;
        Dictionary<string, string?> settings = new()
        {
            ["aws_access_key_id"] = options.AccessKey,
            ["aws_secret_access_key"] = options.SecretKey,
            ["aws_session_token"] = options.Token,
            ["role_arn"] = options.RoleArn,
            ["source_profile"] = options.SourceProfile,
            ["credential_source"] = options.CredentialSource,
            ["external_id"] = options.ExternalID,
            ["mfa_serial"] = options.MfaSerial,
            ["role_session_name"] = options.RoleSessionName,
            ["web_identity_token_file"] = options.WebIdentityTokenFile,
            ["credential_process"] = options.CredentialProcess,
            ["sso_session"] = options.SsoSession,
            ["sso_account_id"] = options.SsoAccountId,
            ["sso_role_name"] = options.SsoRoleName,
            ["sso_region"] = options.SsoRegion,
            ["sso_start_url"] = options.SsoStartUrl,
            ["region"] = stored.Region?.SystemName,
            ["endpoint_url"] = stored.EndpointUrl,
        };
        return new Profile(stored.Name, settings.Where(static s => s.Value is not null).ToDictionary(static s => s.Key, static s => s.Value!));
    }
}
