using System.Globalization;
using System.Text;
using FanOut.Aws.Http;
using FanOut.Aws.Protocols;
using FanOut.Engine.Batching;
using FanOut.Engine.Faults;
using FanOut.Engine.Json;
using FanOut.Engine.Mappings;
using FanOut.Engine.Transform;

namespace FanOut.Engine.Targets;

/// <summary>An HTTPS endpoint: a POST for each record, or for as many as fit; any status of success takes all of them.</summary>
/// <remarks>
/// Each record is an item of its own, also where several share a request, so that a request that is rejected for one bad record is halved until that
/// stands alone.
/// </remarks>
internal sealed class HttpTarget : ITarget
{
    private const int MostRecords = 500;

    // What nginx takes unless it is told otherwise: https://nginx.org/en/docs/http/ngx_http_core_module.html#client_max_body_size
    private const int UsualBytes = 1_048_576;

    private readonly HttpConnections _connections;
    private readonly SecretHeaders? _headers;
    private readonly Uri _url;
    private readonly Collapse _collapse;
    private readonly Composer _composer;
    private readonly string _source, _id;

    /// <param name="mapping">The mapping.</param>
    /// <param name="connections">The connections.</param>
    /// <param name="headers">The mapping's own headers; null: it has none.</param>
    public HttpTarget(Mapping mapping, HttpConnections connections, SecretHeaders? headers = null)
    {
        (_connections, _collapse, _composer, _headers) = (connections, mapping.Collapse, new Composer(mapping), headers);
        _url = ((HttpDestination)mapping.Destination).Url;
        (_source, _id) = (HeaderOf(mapping.SourceArn), HeaderOf(mapping.Id));
        int callBytes = mapping.MaxBatchBytes ?? Math.Max(UsualBytes, mapping.MaxItemBytes ?? 0);
        (int frame, int separator) = mapping.Collapse switch
        {
            Collapse.Json => (Messages.JsonFrame, 1),
            Collapse.JsonArray => (2, 1),
            Collapse.JsonLines => (1, 1),
            _ => (0, 0),
        };
        Limits = new Limits(mapping.Collapse == Collapse.None ? 1 : MostRecords, Math.Min(mapping.MaxItemBytes ?? callBytes, callBytes), callBytes, frame, separator);
        Cutter = new SingleItems(Measure, Limits);
    }

    public Limits Limits { get; }

    public PayloadForm Form => PayloadForm.Bytes;

    public IItemCutter Cutter { get; }

    public CallOrder CallOrder => CallOrder.AsOne;

    public async Task<Receipt> SendAsync(TargetBatch batch, ReadOnlyMemory<Item> items, CancellationToken cancellationToken)
    {
        HeaderSet secret = _headers is null ? HeaderSet.Empty : await _headers.GetAsync(cancellationToken).ConfigureAwait(false);
        using RequestBody body = Write(batch, items.Span);
        var post = new HttpPost(_url, body, ContentType(body), [.. Headers(batch, items.Span), .. secret.Headers]) { Hidden = secret.Hidden };
        HttpReply reply = await _connections.PostAsync(post, cancellationToken).ConfigureAwait(false);

        // The secret may have been rotated since it was read.
        if (reply.Status is 401 or 403 && _headers is not null && await _headers.RenewAsync(secret, cancellationToken).ConfigureAwait(false) is { } renewed)
        {
            reply = await _connections.PostAsync(post with { Headers = [.. Headers(batch, items.Span), .. renewed.Headers], Hidden = renewed.Hidden }, cancellationToken).ConfigureAwait(false);
        }

        return reply is { IsSuccess: true, Status: not 207 } ? Receipt.AllTaken : throw new HttpAnswerException(FailureOf(reply));
    }

    /// <summary>Reads the headers ahead of the first batch.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task OpenAsync(CancellationToken cancellationToken) => _headers?.GetAsync(cancellationToken).AsTask() ?? Task.CompletedTask;

    public ValueTask DisposeAsync()
    {
        _headers?.Dispose();
        return default;
    }

    private static string HeaderOf(string text) => Keys.ForHeader(Encoding.UTF8.GetBytes(text));

    private static Failure FailureOf(HttpReply reply)
    {
        string code = string.Create(CultureInfo.InvariantCulture, $"Http{reply.Status}");
        string meaning = reply.Status switch
        {
            207 => "it answers for each record by itself, which FanOut cannot read: which of them it took is not known. Only an endpoint that takes a request whole, or not at all, can be a target",
            >= 300 and <= 399 => $"it redirects{(reply.Location is { Length: > 0 } location ? $" to {location}" : "")}, and redirections are not followed: give the address that takes the records as the destination",
            401 or 403 => "it denies access; the headers by which it knows FanOut are those of -HeadersSecret",
            404 or 410 => "there is nothing at this address",
            405 or 501 => "it takes no POST",
            413 => "the request is too large for it: -MaxBatchBytes and -MaxItemBytes make requests smaller",
            415 => "it does not take this form: -Collapse chooses another",
            429 => "it is called too often",
            _ => "",
        };
        string wants = reply.RetryAfter is { } pause ? $" It wants the next request no sooner than in {Words(pause)} (Retry-After)." : "";
        string said = reply.Excerpt.Length == 0 ? "" : $" It says: {reply.Excerpt}";
        return new Failure(
            ErrorClass.Of(Service.Http, reply.Status, code, ""), code, string.Create(CultureInfo.InvariantCulture, $"It answered with status {reply.Status}{(meaning.Length > 0 ? $": {meaning}" : "")}.{wants}{said}"))
        {
            RetryAfter = reply.RetryAfter,
        };
    }

    // What is longer than a day counts as a day.
    private static string Words(TimeSpan pause) =>
        pause < TimeSpan.FromMinutes(2) ? string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(pause.TotalSeconds):0} s")
        : pause < TimeSpan.FromHours(2) ? string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(pause.TotalMinutes):0} min")
        : pause < TimeSpan.FromDays(1) ? string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(pause.TotalHours):0} h")
        : "a day or more";

    private RequestBody Write(TargetBatch batch, ReadOnlySpan<Item> items)
    {
        int size = Limits.CallOverhead + (items.Length * Limits.Separator);
        foreach (ref readonly Item item in items)
        {
            size += item.Bytes;
        }

        var body = new RequestBody(size);
        for (int i = 0; i < items.Length; i++)
        {
            ReadOnlySpan<byte> data = batch[items[i].First].Data.Content.Span;
            switch (_collapse)
            {
                case Collapse.Json:
                    body.Write(i == 0 ? "{\"Records\":["u8 : ","u8);
                    body.Write(data);
                    break;
                case Collapse.JsonArray:
                    body.Write(i == 0 ? "["u8 : ","u8);
                    body.Write(data);
                    break;
                case Collapse.JsonLines:
                    JsonText.CopyAsOneLine(data, body.GetSpan(data.Length));
                    body.Advance(data.Length);
                    body.Write("\n"u8);
                    break;
                default:
                    body.Write(data);
                    break;
            }
        }

        body.Write(_collapse switch { Collapse.Json => "]}"u8, Collapse.JsonArray => "]"u8, _ => default });
        return body;
    }

    private string ContentType(RequestBody body) => _collapse switch
    {
        Collapse.Json or Collapse.JsonArray => "application/json",
        Collapse.JsonLines => "application/x-ndjson",
        Collapse.None when JsonText.IsJson(body.Written) => "application/json",
        _ => "application/octet-stream",
    };

    // By these a receiver tells what it has had already. Within an invocation a request that is repeated has the same key; when a batch comes again, it may be cut otherwise.
    private List<KeyValuePair<string, string>> Headers(TargetBatch batch, ReadOnlySpan<Item> items)
    {
        List<KeyValuePair<string, string>> headers =
        [
            new("Idempotency-Key", _composer.RequestId(batch, items)),
            new("X-FanOut-Source", _source),
            new("X-FanOut-Target", _id),
            new("X-FanOut-Sequence-Number", Composer.Number(batch, items[0].First)),
        ];
        if (_collapse == Collapse.None)
        {
            headers.Add(new("X-FanOut-Key", Keys.ForHeader(batch[items[0].First].Key)));
        }
        else
        {
            headers.Add(new("X-FanOut-Last-Sequence-Number", Composer.Number(batch, items[^1].First)));
            headers.Add(new("X-FanOut-Records", items.Length.ToString(CultureInfo.InvariantCulture)));
        }

        return headers;
    }

    private int Measure(TargetBatch batch, in Payload payload, out Failure? failure)
    {
        ReadOnlySpan<byte> data = payload.Data.Content.Span;
        failure = _collapse is Collapse.None or Collapse.Concat || payload.IsJson || JsonText.IsJson(data) ? null
            : new Failure(FailureClass.Undecodable, "NotJson", $"The record is not JSON, which collapse {MappingText.Of(_collapse)} needs; none and concat take any bytes.");
        return data.Length;
    }
}
