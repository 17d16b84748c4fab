using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace FanOut.Deployment.Policies;

/// <summary>Reads the name of an OpenSearch domain from the host of its endpoint.</summary>
internal static partial class DomainName
{
    /// <summary>
    /// Reads it: <c>search-NAME-…</c> of a public domain, <c>vpc-NAME-…</c> of one in a VPC, where … are 26 letters and digits. The host of a
    /// custom endpoint says nothing.
    /// </summary>
    public static bool TryRead(string host, [NotNullWhen(true)] out string? name)
    {
        Match match = Endpoint().Match(host);
        name = match.Success ? match.Groups["name"].Value : null;
        return match.Success;
    }

    // Names: https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_CreateDomain.html. The region has es behind it, or aos before it.
    [GeneratedRegex(@"^(?:search|vpc)-(?<name>[a-z][a-z0-9-]{2,27})-[a-z0-9]{26}\.(?:[a-z0-9-]+\.es|aos\.[a-z0-9-]+)\.", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Endpoint();
}
