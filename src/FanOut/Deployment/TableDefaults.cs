namespace FanOut.Deployment;

/// <summary>Whether an existing table gets the settings of a new one: time to live, point-in-time recovery, protection against deletion.</summary>
internal enum TableDefaults
{
    /// <summary>No: what is off was turned off by the table's owner.</summary>
    Leave,

    /// <summary>Only if the module made the table. There is no function yet, so an earlier publication failed half way, and this one completes it.</summary>
    SetIfOurs,

    /// <summary>Yes: the original aws-lambda-fanout is upgraded, whose tables had none of these settings.</summary>
    Set,
}
