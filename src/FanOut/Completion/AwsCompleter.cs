using System.Collections.Concurrent;
using System.ComponentModel;
using System.Management.Automation;
using Amazon.Runtime;
using FanOut.Abstractions;
using FanOut.Credentials;
using FanOut.Engine.Mappings;
using FanOut.Errors;
using FanOut.Registry;
using FanOut.Sources;

namespace FanOut.Completion;

/// <summary>Completes a value by asking AWS, with the credentials and the region that the command being typed would use.</summary>
/// <remarks>The prompt waits no longer than <see cref="Patience"/>: what is found by then is shown, even if it is nothing.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class AwsCompleter : Completer
{
    /// <summary>How long finding the credentials and all calls may take together.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(1500);

    /// <summary>A longer list is of no use at a prompt.</summary>
    private const int MostValues = 1000;

    /// <summary>The clock that ends the wait.</summary>
    internal TimeProvider Time { get; init; } = TimeProvider.System;

    /// <inheritdoc/>
    private protected sealed override IEnumerable<Value> Values(Typed typed)
    {
        Typed complete = typed with { Parameters = SessionVariables.WithDefaults(typed.Command, typed.Parameters) };
        SessionRequest request = Request(complete);
        ConcurrentQueue<Value> found = new();
        var patience = new CancellationTokenSource(Patience, Time);

        // Finding credentials may block without any await, so it must not run on the prompt's thread.
        Task asking = Task.Run(() => AskAsync(complete, request, found, patience), CancellationToken.None);
        try
        {
            asking.WaitAsync(Patience, Time).GetAwaiter().GetResult();
        }

        // What was found so far is shown, however the search ended.
#pragma warning disable CA1031
        catch (Exception)
#pragma warning restore CA1031
        {
        }

        return found.DistinctBy(static v => v.Text).OrderBy(static v => v.Text, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Asks AWS.</summary>
    /// <param name="session">Who calls, and where.</param>
    /// <param name="typed">What was typed so far.</param>
    /// <param name="cancellationToken">Cancelled when the prompt waits no more.</param>
    private protected abstract IAsyncEnumerable<Value> FindAsync(AwsSession session, Typed typed, CancellationToken cancellationToken);

    /// <summary>The function's name; the default name if none was typed.</summary>
    private protected static string FunctionName(Typed typed) =>
        FunctionDestination.TryParse(typed["FunctionName"] ?? FunctionCommand.DefaultFunction, out FunctionDestination? function, out _)
            ? function.Name
            : FunctionCommand.DefaultFunction;

    /// <summary>The table of mappings, in the region of its ARN if it was given by one.</summary>
    private protected static MappingTable Mappings(AwsSession session, Typed typed)
    {
        string table = typed["TableName"] ?? FunctionName(typed) + "Targets";
        return new MappingTable(Region(table) is { } region ? session.In(region) : session, table, FunctionName(typed));
    }

    /// <summary>The value of -SourceType; null if none was typed.</summary>
    private protected static SourceType? TypeOfSource(Typed typed) =>
        Enum.TryParse(typed["SourceType"], ignoreCase: true, out SourceType type) ? type : null;

    /// <summary>The ARN of the source that was typed, looked up where it was named; null if none was typed, or not what it is.</summary>
    private protected static async Task<string?> SourceArnAsync(AwsSession session, Typed typed, CancellationToken cancellationToken)
    {
        (string? arn, string? name, SourceType? type) = (typed["SourceArn"], typed["Source"], TypeOfSource(typed));
        return arn is null && (name is null || (type is null && !Arn.Looks(name)))
            ? null
            : await new ResolveSource().ArnAsync(session, arn, name, type, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends a part of the values where AWS refuses the call, so that the other parts are still shown.</summary>
    private protected static async IAsyncEnumerable<Value> Allowed(IAsyncEnumerable<Value> part)
    {
        IAsyncEnumerator<Value> values = part.GetAsyncEnumerator(CancellationToken.None);
        await using (values.ConfigureAwait(false))
        {
            while (await NextAsync(values).ConfigureAwait(false))
            {
                yield return values.Current;
            }
        }
    }

    private static async Task<bool> NextAsync(IAsyncEnumerator<Value> values)
    {
        try
        {
            return await values.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is FanOutException or AmazonServiceException)
        {
            return false;
        }
    }

    private async Task AskAsync(Typed typed, SessionRequest request, ConcurrentQueue<Value> found, CancellationTokenSource patience)
    {
        using (patience)
        {
            using AwsSession session = OpenSession.Of(request, new CallLog(), Time, patience.Token);
            await foreach (Value value in FindAsync(session, typed, patience.Token).ConfigureAwait(false))
            {
                if (value.Text.StartsWith(typed.Word, StringComparison.OrdinalIgnoreCase))
                {
                    found.Enqueue(value);
                }

                if (found.Count == MostValues)
                {
                    break;
                }
            }
        }
    }

    private static SessionRequest Request(Typed typed) => new()
    {
        ProfileName = typed["ProfileName"],
        ProfileLocation = typed["ProfileLocation"] is { } location ? SessionVariables.Resolved(location) : null,
        AccessKey = typed["AccessKey"],
        SecretKey = typed["SecretKey"],
        SessionToken = typed["SessionToken"],
        Credential = typed.Parameters["Credential"],
        StoredCredential = SessionVariables.Of("StoredAWSCredentials"),
        Region = typed["Region"] ?? Region(typed["FunctionName"]) ?? Region(typed["TableName"]) ?? Region(typed["SourceArn"]),
        StoredRegion = SessionVariables.Of("StoredAWSRegion") as string,
        EndpointUrl = typed["EndpointUrl"] is { } endpoint ? new Uri(endpoint) : null,
        NoVerifySsl = typed.Parameters["NoVerifySsl"] is { } verify && LanguagePrimitives.IsTrue(verify),
    };

    private static string? Region(string? arn) => Arn.TryParse(arn, out Arn? parsed) && parsed.Region.Length > 0 ? parsed.Region : null;
}
