using System.Runtime.CompilerServices;
using FanOut.Aws.Lambda;
using FanOut.Credentials;

namespace FanOut.Completion;

/// <summary>Completes names of Lambda functions; the tool tip has runtime and time of the last change.</summary>
public sealed class FunctionCompleter : AwsCompleter
{
    /// <inheritdoc/>
    private protected override async IAsyncEnumerable<Value> FindAsync(AwsSession session, Typed typed, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        AmazonLambdaClient lambda = session.Client(AmazonLambdaClient.Service, static (c, s) => new AmazonLambdaClient(c, s));
        string? marker = null;
        do
        {
            ListFunctionsResponse page = await lambda.ListFunctionsAsync(new ListFunctionsRequest { Marker = marker }, cancellationToken).ConfigureAwait(false);
            foreach (FunctionConfiguration function in page.Functions ?? [])
            {
                yield return new Value(function.FunctionName!, $"{function.Runtime ?? function.PackageType}, changed {function.LastModified}");
            }

            marker = page.NextMarker;
        }
        while (!string.IsNullOrEmpty(marker));
    }
}
