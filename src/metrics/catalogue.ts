/** The series and sources of a cluster, each once. Made by Metrics. Invariant: a series has the finest resolution that is read. */
import { compileMath } from '../metric-math/compile.ts';
import { type MetricKey, type MetricSource, metricId } from '../model/metric.ts';
import { MINUTE_MS, Series } from './series.ts';
import { SeriesTable } from './series-table.ts';
import { Source } from './source.ts';
import { Sources } from './sources.ts';

export class Catalogue {
  readonly table = new SeriesTable();
  readonly sources = new Sources(this.table);
  /** By row. */
  readonly #rows: Series[] = [];
  readonly #series = new Map<string, Series>();
  readonly #sources = new Map<string, Source>();
  readonly #listeners: ((series: Series) => void)[] = [];
  /** There is a source of high resolution. */
  isFast = false;

  /** Calls back for every series there will be, and when its resolution changes: publishers may work only for these. */
  onSeries(listener: (series: Series) => void): void {
    this.#listeners.push(listener);
    for (const series of this.#series.values()) listener(series);
  }

  seriesAt(row: number): Series {
    return this.#rows[row] as Series;
  }

  /** The same for equal keys. */
  seriesOf(key: MetricKey): Series {
    const id = metricId(key);
    const known = this.#series.get(id);
    if (known !== undefined) return known;
    const made = new Series(key, this.table);
    this.#series.set(id, made);
    this.#rows.push(made);
    for (const listener of this.#listeners) listener(made);
    return made;
  }

  /** The same for equal sources. */
  sourceOf(given: MetricSource): Source {
    const id = JSON.stringify(given);
    const known = this.#sources.get(id);
    if (known !== undefined) return known;
    const made =
      given.kind === 'metric'
        ? new Source(this.sources, id, given, [[this.seriesOf(given.stat.key), given.stat.statistic]])
        : this.#mathSource(id, given);
    this.#sources.set(id, made);
    this.isFast ||= given.periodSeconds * 1000 < MINUTE_MS;
    for (const series of made.series) {
      series.sources.push(made);
      this.table.addReader(series.index, made.index);
      if (series.resolutionMs <= made.periodMs) continue;
      series.resolutionMs = made.periodMs;
      for (const source of series.sources) source.note();
      for (const listener of this.#listeners) listener(series);
    }
    return made;
  }

  #mathSource(id: string, given: Extract<MetricSource, { readonly kind: 'math' }>): Source {
    const stats = given.queries.flatMap((query) => ('stat' in query ? [query.stat] : []));
    const inputs = stats.map(({ key, statistic }) => [this.seriesOf(key), statistic] as [Series, typeof statistic]);
    return new Source(this.sources, id, given, inputs, compileMath(given.queries));
  }
}
