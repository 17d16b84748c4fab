namespace FanOut.Credentials.Profiles;

/// <summary>A named profile of the shared credential store: settings, not yet credentials.</summary>
/// <param name="name">Its name.</param>
/// <param name="settings">Its settings by their names in the file, with those of its IAM Identity Center session and its <c>services</c> section.</param>
internal sealed class Profile(string name, IReadOnlyDictionary<string, string> settings)
{
    /// <summary>The profile that is used if no other is named.</summary>
    public const string Default = "default";

    /// <summary>Its name.</summary>
    public string Name => name;

    /// <summary>A setting.</summary>
    /// <value>Null if it is missing or empty.</value>
    public string? this[string setting] => settings.TryGetValue(setting, out string? value) && value.Length > 0 ? value : null;

    /// <summary>What gives its credentials.</summary>
    /// <remarks>If a profile has several, the order is that of the AWS CLI: a role before Identity Center, keys, a process.</remarks>
    public ProfileKind Kind =>
        this["role_arn"] is not null ? this["web_identity_token_file"] is null ? ProfileKind.Role : ProfileKind.WebIdentity
        : this["sso_session"] is not null || this["sso_start_url"] is not null || this["sso_account_id"] is not null ? ProfileKind.IdentityCenter
        : this["aws_access_key_id"] is not null || this["aws_secret_access_key"] is not null ? ProfileKind.Keys
        : this["login_session"] is not null ? ProfileKind.Login
        : this["credential_process"] is not null ? ProfileKind.Process
        : ProfileKind.None;

    /// <summary>A description for tool tips, without secrets.</summary>
    public string Description
    {
        get
        {
            string kind = Kind switch
            {
                ProfileKind.Role or ProfileKind.WebIdentity => $"role {this["role_arn"]}",
                ProfileKind.IdentityCenter => $"IAM Identity Center, account {this["sso_account_id"] ?? "?"}, {this["sso_role_name"] ?? "?"}",
                ProfileKind.Keys => this["aws_session_token"] is null ? "access key" : "temporary access key",
                ProfileKind.Login => "aws login",
                ProfileKind.Process => "credential process",
                _ => "no credentials",
            };
            return this["region"] is { } region ? $"{kind}; {region}" : kind;
        }
    }
}
