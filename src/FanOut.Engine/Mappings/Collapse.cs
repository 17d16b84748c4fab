namespace FanOut.Engine.Mappings;

/// <summary>How records share a message, for sns, sqs and iot, or a request, for http; the table's <c>collapse</c> attribute.</summary>
public enum Collapse
{
    /// <summary><c>JSON</c>, and the default where the attribute is absent: <c>{"Records":[…]}</c> with as many records as fit.</summary>
    Json,

    /// <summary><c>none</c>: one message or request per record.</summary>
    None,

    /// <summary><c>concat</c>: the records' bytes, joined.</summary>
    Concat,

    /// <summary><c>concat-b64</c>, not for http: the records' bytes, joined, then base64.</summary>
    ConcatBase64,

    /// <summary><c>array</c>, for http: <c>[…]</c> with as many records as fit.</summary>
    JsonArray,

    /// <summary><c>ndjson</c>, for http: one line of JSON per record, each with a line feed at its end.</summary>
    JsonLines,
}
