namespace FanOut.Engine.Mappings;

/// <summary>How records share a message, for sns, sqs and iot; the table's <c>collapse</c> attribute.</summary>
public enum Collapse
{
    /// <summary><c>JSON</c>, and the default where the attribute is absent: <c>{"Records":[…]}</c> with as many records as fit.</summary>
    Json,

    /// <summary><c>none</c>: one message per record.</summary>
    None,

    /// <summary><c>concat</c>: the records' bytes, joined.</summary>
    Concat,

    /// <summary><c>concat-b64</c>: the records' bytes, joined, then base64.</summary>
    ConcatBase64,
}
