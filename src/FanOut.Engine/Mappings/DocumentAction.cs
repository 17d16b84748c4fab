namespace FanOut.Engine.Mappings;

/// <summary>How documents are written; the table's <c>documentAction</c> attribute.</summary>
public enum DocumentAction
{
    /// <summary><c>index</c>, and the default: a document replaces one of the same id.</summary>
    Index,

    /// <summary><c>create</c>: a document is written where there is none of its id, and the first one stays; data streams take nothing else.</summary>
    Create,
}
