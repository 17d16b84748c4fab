namespace FanOut.Engine.Mappings;

/// <summary>What the documents of an index have as their ids; the table's <c>documentId</c> attribute.</summary>
public enum DocumentId
{
    /// <summary><c>key</c>, and the default: the record's key, so that the document is that of the item, and is replaced and deleted with it.</summary>
    Key,

    /// <summary><c>sequence</c>: shard and sequence number, so that each record is a document, and the same one when it comes again.</summary>
    Sequence,

    /// <summary><c>none</c>: the index makes one, so that each record is a document, and another one when it comes again.</summary>
    None,
}
