using FanOut.Aws.OpenSearchService;
using FanOut.Deployment.Policies;
using FanOut.Engine.Mappings;
using FanOut.Inspection.Policies;

namespace FanOut.Inspection.Resources;

/// <summary>Looks at a domain of OpenSearch or Elasticsearch.</summary>
internal static class InspectDomain
{
    // https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_CreateDomain.html, AdvancedOptions
    private const string ExplicitIndex = "rest.action.multi.allow_explicit_index";

    /// <summary>What is known of it; like <see cref="InspectQueue.OfAsync"/>.</summary>
    public static async Task<ResourceFacts> OfAsync(Viewer viewer, string check, IndexDestination index, AwsLocation location, CancellationToken cancellationToken)
    {
        string host = index.Endpoint.Host;
        if (index.IsServerless)
        {
            return await InspectCollection.OfAsync(viewer, check, index, location, cancellationToken).ConfigureAwait(false);
        }

        if (!DomainName.TryRead(host, out string? name))
        {
            return new ResourceFacts(Finding.Skipped(check, $"The host {host} does not tell the name of a domain: whether it is there was not looked at."));
        }

        AmazonOpenSearchServiceClient search = viewer.Session.Client(AmazonOpenSearchServiceClient.Service, static (c, s) => new AmazonOpenSearchServiceClient(c, s));
        Seen<DomainStatus> seen = await Look.AtAsync(viewer.Session, async () =>
            (await search.DescribeDomainAsync(new DescribeDomainRequest { DomainName = name }, cancellationToken).ConfigureAwait(false)).DomainStatus).ConfigureAwait(false);
        string arn = location.ArnOf("es", $"domain/{name}");
        if (seen.Value is not { } domain)
        {
            return new ResourceFacts(viewer.NotThere(check, "domain", arn, seen, "es:DescribeDomain", "Make the domain, or give another -Destination.")) { Arn = arn };
        }

        string what = $"The domain {domain.ARN ?? arn} is there: {domain.EngineVersion}.";
        string look = $"aws opensearch describe-domain --domain-name {name} --region {viewer.Session.Region}";
        string?[] hosts = [domain.Endpoint, .. domain.Endpoints?.Values ?? Enumerable.Empty<string>()];
        return new ResourceFacts(domain switch
        {
            { Deleted: true } => Finding.Fail(check, $"The domain {arn} is being deleted.", "Give another -Destination."),
            _ when hosts.All(string.IsNullOrEmpty) => Finding.Fail(check, $"{what} It has no endpoint yet.", look),
            _ when !hosts.Contains(host, StringComparer.OrdinalIgnoreCase) => Finding.Warn(check, $"{what} Its endpoint is {hosts.First(static h => !string.IsNullOrEmpty(h))}, not {host}: it may have been made anew.", look),
            _ when index.Template is not null && domain.AdvancedOptions?.GetValueOrDefault(ExplicitIndex) == "false" => Finding.Fail(
                check, $"{what} Its option {ExplicitIndex} is false, and indices that are made of the record stand in the body of the call: it refuses each.",
                $"aws opensearch update-domain-config --domain-name {name} --advanced-options {ExplicitIndex}=true --region {viewer.Session.Region}"),
            { Processing: true } => Finding.Warn(check, $"{what} A change of it is in progress.", look),
            _ => Finding.Pass(check, what),
        })
        {
            Arn = arn,
            Policy = domain.AccessPolicies is { Length: > 0 } policy ? IamDocument.Read($"the domain {name}'s access policy", policy) : null,
            IsPolicySeen = true,
        };
    }
}
