using FanOut.Credentials.Profiles;
using FanOut.Errors;

namespace FanOut.Credentials;

/// <summary>Chooses the region: the first one that is given, in the order that the help of <c>-Region</c> lists.</summary>
/// <param name="environment">The environment's variables.</param>
/// <param name="metadata">The instance, which is asked last.</param>
internal sealed class ResolveRegion(Func<string, string?> environment, InstanceMetadata metadata)
{
    /// <summary>The region.</summary>
    /// <remarks>
    /// The region of a profile that the user named with -ProfileName comes before the environment's, because the parameter was given on purpose.
    /// The region of any other profile comes after AWS_REGION, as with the AWS CLI: AWS_PROFILE and AWS_REGION may well be set together.
    /// </remarks>
    /// <param name="request">The user's parameters.</param>
    /// <param name="profile">The profile whose settings apply, looked for when it is needed; null: none.</param>
    /// <exception cref="FanOutException">No region was found, or its name has no valid form.</exception>
    public string Of(SessionRequest request, Lazy<Profile?> profile)
    {
        bool isNamed = request.ProfileName is { } name && profile.Value?.Name == name;
        string OfProfile() => $"the region of the profile '{profile.Value?.Name}'";
        (Func<string> Where, Func<string?> Get)[] places =
        [
            (static () => "-Region", () => request.Region),
            (static () => "$StoredAWSRegion", () => request.StoredRegion),
            (OfProfile, () => isNamed ? profile.Value!["region"] : null),
            (static () => "AWS_REGION", () => environment("AWS_REGION")),
            (static () => "AWS_DEFAULT_REGION", () => environment("AWS_DEFAULT_REGION")),
            (OfProfile, () => isNamed ? null : profile.Value?["region"]),
            (static () => "the instance", metadata.Region),
        ];
        foreach ((Func<string> where, Func<string?> get) in places)
        {
            if (get() is { Length: > 0 } region)
            {
                return IsRegion(region) ? region : throw FanOutError.InvalidRegion(where(), region);
            }
        }

        string[] profileFirst = profile.Value is null ? [] : [OfProfile()];
        string[] tried =
        [
            "-Region", "the ARNs among the parameters", "$StoredAWSRegion", .. isNamed ? profileFirst : [], "AWS_REGION", "AWS_DEFAULT_REGION",
            .. isNamed ? [] : profileFirst, $"the instance ({metadata.Silence ?? "it does not know"})",
        ];
        throw FanOutError.RegionMissing(string.Join(", ", tried));
    }

    // The region becomes part of a host name, so its form is checked. It is not checked against a list, so that new regions work too.
    private static bool IsRegion(string text) =>
        text.Contains('-', StringComparison.Ordinal) && char.IsAsciiLetterLower(text[0]) && char.IsAsciiLetterOrDigit(text[^1])
        && text.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
