using FanOut.Aws.KeyManagementService;
using FanOut.Engine.Mappings;
using FanOut.Inspection.Policies;

namespace FanOut.Inspection;

/// <summary>Looks at keys of AWS KMS.</summary>
internal static class InspectKeys
{
    private const string Check = "Key";

    /// <summary>What is known of the key of a resource.</summary>
    /// <param name="viewer">Who looks.</param>
    /// <param name="resource">The resource that is encrypted.</param>
    /// <param name="cancellationToken">Cancels the look.</param>
    /// <returns>Null: how it is encrypted is no matter of the function's.</returns>
    public static async Task<KeyFacts?> OfAsync(Viewer viewer, ResourceFacts resource, CancellationToken cancellationToken)
    {
        if (resource.KeyNotSeen is { } notSeen)
        {
            return new KeyFacts(notSeen);
        }

        if (resource.Encryption is not { } encryption)
        {
            return null;
        }

        if (resource.Key is not { } text)
        {
            return new KeyFacts(Finding.Pass(Check, encryption));
        }

        if (text.Contains("alias/aws/", StringComparison.Ordinal))
        {
            return new KeyFacts(Finding.Pass(Check, $"{encryption} That is AWS's own, which needs no permission in its account."));
        }

        Arn? arn = WholeOf(text, resource.Arn);
        Viewer there = viewer.In(arn?.Region ?? (Arn.TryParse(resource.Arn, out Arn? of) ? of.Region : null));
        AmazonKeyManagementServiceClient kms = there.Session.Client(AmazonKeyManagementServiceClient.Service, static (c, s) => new AmazonKeyManagementServiceClient(c, s));
        Seen<KeyMetadata> seen = await Look.AtAsync(there.Session, async () =>
            (await kms.DescribeKeyAsync(new DescribeKeyRequest { KeyId = arn?.ToString() ?? text }, cancellationToken).ConfigureAwait(false)).KeyMetadata).ConfigureAwait(false);
        if (seen.Value is { KeyManager: "AWS" })
        {
            return new KeyFacts(Finding.Pass(Check, $"{encryption} That is AWS's own, which needs no permission in its account."));
        }

        string? known = seen.Value?.Arn ?? (arn is { ResourceType: "key" } ? $"{arn}" : null);
        if (known is null)
        {
            return new KeyFacts(seen.IsMissing && there.IsOwner(resource.Arn) ? Finding.Fail(Check, $"{encryption} That key does not exist.", $"aws kms list-aliases --region {there.Session.Region}")
                : seen.NotSeen(Check, $"{encryption} Which key that is, for which the role needs kms:GenerateDataKey and kms:Decrypt,", "kms:DescribeKey"));
        }

        if (seen.Value?.KeyState is { } state and not "Enabled")
        {
            string enable = state == "PendingDeletion" ? $"aws kms cancel-key-deletion --key-id {known} --region {there.Session.Region}" : $"aws kms enable-key --key-id {known} --region {there.Session.Region}";
            return new KeyFacts(Finding.Fail(Check, $"{encryption} That key is {state}: nothing can be sent.", enable)) { Arn = known };
        }

        Seen<GetKeyPolicyResponse> policy = await Look.AtAsync(there.Session, async () =>
            (GetKeyPolicyResponse?)await kms.GetKeyPolicyAsync(new GetKeyPolicyRequest { KeyId = known }, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        return policy.Value?.Policy is { Length: > 0 } document
            ? new KeyFacts(Finding.Pass(Check, $"{encryption} Who sends needs kms:GenerateDataKey and kms:Decrypt on {known}.")) { Arn = known, Policy = IamDocument.Read($"the key {known}'s policy", document) }
            : new KeyFacts(policy.NotSeen(Check, $"{encryption} Who sends needs kms:GenerateDataKey and kms:Decrypt on {known}; whether the key's own policy allows that", "kms:GetKeyPolicy")) { Arn = known };
    }

    // A key's id tells its ARN, as it is of the account and region of what it encrypts; an alias does not tell its key.
    private static Arn? WholeOf(string text, string? resource) => Arn.TryParse(text, out Arn? arn) ? arn
        : text.StartsWith("alias/", StringComparison.Ordinal) || !Arn.TryParse(resource, out Arn? of) || of.Account.Length == 0 ? null
        : new Arn(of.Partition, "kms", of.Region, of.Account, $"key/{text}");
}
