namespace FanOut.Credentials.Profiles;

/// <summary>What gives a profile's credentials.</summary>
internal enum ProfileKind
{
    /// <summary>Nothing: it only has settings, such as a region.</summary>
    None,

    /// <summary>An access key in the file.</summary>
    Keys,

    /// <summary>A role that another profile, the environment, the container or the instance assumes.</summary>
    Role,

    /// <summary>A role that the bearer of a token in a file assumes.</summary>
    WebIdentity,

    /// <summary>IAM Identity Center, after <c>aws sso login</c>.</summary>
    IdentityCenter,

    /// <summary>The console's session, after <c>aws login</c>.</summary>
    Login,

    /// <summary>A command that prints them.</summary>
    Process,
}
