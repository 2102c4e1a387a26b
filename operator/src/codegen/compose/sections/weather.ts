// The weather now, in one or more cities, through the Gateway.
import type { SectionOf } from '@faibric/crds';
import { icon, tsx } from '../code.ts';
import { literal } from '../literal.ts';
import type { ComposedSection, SectionContext } from '../section-context.ts';
import { frame } from './static.ts';

/** One card per city. */
export function composeWeather(section: SectionOf<'weather'>, context: SectionContext): ComposedSection {
  const { words } = context;
  const body = tsx`
    <Grid columns={${Math.min(3, section.cities.length)}}>
      {cities.map((city) => (
        <CityWeather key={city} city={city} />
      ))}
    </Grid>
  `;
  const code = tsx`
    const cities = ${literal(section.cities, 20)};

    export function ${context.component}() {
      return (
        ${frame(section, [body])}
      );
    }

    function CityWeather({ city }: { city: string }) {
      const live = useGateway<Weather>({ service: 'openweather', city }, { refreshMs: 600_000 });
      const now = live.data;

      return (
        <Card
          title={city}
          icon={${icon('CloudSun')}}
          actions={<SampleDataBadge show={live.sample} />}
          footer={
            <UpdatedAt time={live.fetchedAt} onRefresh={() => void live.refresh()} busy={live.loading} />
          }
        >
          {live.error && <ErrorState error={live.error} onRetry={() => void live.refresh()} />}
          {live.loading && !now && <Loading kind="lines" count={3} />}
          {now && (
            <Stack gap="small">
              <Stat label={now.description} value={formatNumber(now.temperature, { digits: 0 })} unit="°C" />
              <p>
                {${literal(words.feelsLike)}} {formatNumber(now.feelsLike, { digits: 0 })} °C ·{' '}
                {${literal(words.humidity)}} {now.humidity} % · {${literal(words.wind)}}{' '}
                {formatNumber(now.windSpeed, { digits: 1 })} m/s
              </p>
            </Stack>
          )}
        </Card>
      );
    }
  `;
  return { about: 'The weather now, refreshed every ten minutes.', code };
}
