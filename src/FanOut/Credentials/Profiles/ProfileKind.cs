namespace FanOut.Credentials.Profiles;

/// <summary>What gives a profile's credentials.</summary>
internal enum ProfileKind
{
    /// <summary>Nothing: it only has settings, such as a region.</summary>
    None,

    /// <summary>An access key in the file.</summary>
    Keys,

    /// <summary>A role, assumed with the credentials of another profile, the environment, the container or the instance.</summary>
    Role,

    /// <summary>A role, assumed with a web identity token from a file.</summary>
    WebIdentity,

    /// <summary>IAM Identity Center, after <c>aws sso login</c>.</summary>
    IdentityCenter,

    /// <summary>The console's session, after <c>aws login</c>.</summary>
    Login,

    /// <summary>A command that prints credentials.</summary>
    Process,
}
