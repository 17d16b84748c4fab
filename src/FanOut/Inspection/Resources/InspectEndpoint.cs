using FanOut.Aws.SecretsManager;
using FanOut.Engine.Mappings;

namespace FanOut.Inspection.Resources;

/// <summary>Looks at the secret with an http target's headers; the endpoint itself is nothing of AWS's.</summary>
internal static class InspectEndpoint
{
    /// <summary>What is known of it; like <see cref="InspectQueue.OfAsync"/>.</summary>
    public static async Task<ResourceFacts> OfAsync(Viewer viewer, string check, HttpDestination http, string? secretArn, CancellationToken cancellationToken)
    {
        string unknown = $"{http.Url.Authority} is nothing of AWS's: whether it takes records is found out by sending one (-Send).";
        if (!Arn.TryParse(secretArn, out Arn? arn))
        {
            return new ResourceFacts(Finding.Skipped(check, unknown));
        }

        Viewer there = viewer.In(arn.Region);
        AmazonSecretsManagerClient secrets = there.Session.Client(AmazonSecretsManagerClient.Service, static (c, s) => new AmazonSecretsManagerClient(c, s));
        Seen<DescribeSecretResponse> seen = await Look.AtAsync(there.Session, async () =>
            (DescribeSecretResponse?)await secrets.DescribeSecretAsync(new DescribeSecretRequest { SecretId = $"{arn}" }, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        if (seen.Value is not { } secret)
        {
            return new ResourceFacts(there.NotThere(check, "secret", $"{arn}", seen, "secretsmanager:DescribeSecret", "Make it (aws secretsmanager create-secret), or give another -HeadersSecret.")) { Arn = $"{arn}" };
        }

        return new ResourceFacts(
            secret.IsDeleted ? Finding.Fail(check, $"The secret {arn} is to be deleted, and cannot be read.", $"aws secretsmanager restore-secret --secret-id {arn} --region {arn.Region}")
            : Finding.Pass(check, $"The secret {arn} is there; what is in it was not read. {unknown}"))
        {
            Arn = $"{arn}",
            Key = secret.KmsKeyId,
            Encryption = secret.KmsKeyId is { } key ? $"The secret is encrypted with {key}." : "The secret is encrypted with AWS's own key, which needs no permission in its account.",
        };
    }
}
