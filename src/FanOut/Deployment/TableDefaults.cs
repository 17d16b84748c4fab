namespace FanOut.Deployment;

/// <summary>Whether what a new table has is given to one that is there.</summary>
internal enum TableDefaults
{
    /// <summary>It is not: what is off was turned off by its owner.</summary>
    Leave,

    /// <summary>If the table was made by the module: the function is not there yet, so a publication ended half way.</summary>
    SetIfOurs,

    /// <summary>It is: the original is upgraded, whose tables had nothing of it.</summary>
    Set,
}
