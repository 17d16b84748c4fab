namespace FanOut.Local.Events;

/// <summary>Where in files a record lies.</summary>
/// <param name="File">The file: an object's key.</param>
/// <param name="Moment">The second in which the file was written, as its name has it: files of one second have no order by their names.</param>
/// <param name="Number">The record's position in the file, from 1.</param>
internal sealed record FilePlace(string File, string Moment, int Number);
