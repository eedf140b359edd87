import { useQuery } from '@tanstack/react-query';
import { CatalogueService } from '../../gen/wardcast/v1/catalogue_service_pb.ts';
import type {
  BuildingJson,
  ServiceJson,
  SiteJson,
  TeamJson,
  WardJson,
} from '../../gen/wardcast/v1/directory_pb.ts';
import { DirectoryService } from '../../gen/wardcast/v1/directory_service_pb.ts';
import { useConsole } from './console_context.ts';

export interface Directory {
  sites: SiteJson[];
  buildings: BuildingJson[];
  wards: WardJson[];
  services: ServiceJson[];
  teams: TeamJson[];
}

// The hospital's map and its services: asked once, and only if `wanted`; kept for five minutes.
export function useDirectory(wanted = true) {
  const { client } = useConsole();
  return useQuery({
    queryKey: ['directory'],
    enabled: wanted,
    staleTime: 300_000,
    queryFn: async (): Promise<Directory> => {
      const [sites, buildings, wards, services, teams] = await Promise.all([
        client.call(DirectoryService.method.listSites, {}),
        client.call(DirectoryService.method.listBuildings, {}),
        client.call(DirectoryService.method.listWards, {}),
        client.call(CatalogueService.method.listServices, {}),
        client.call(CatalogueService.method.listTeams, {}),
      ]);
      return {
        sites: sites.sites ?? [],
        buildings: buildings.buildings ?? [],
        wards: wards.wards ?? [],
        services: services.services ?? [],
        teams: teams.teams ?? [],
      };
    },
  });
}

// The site of a ward, through its building.
export function siteOfWard(directory: Directory, wardId: string): SiteJson | undefined {
  const ward = directory.wards.find((each) => each.id === wardId);
  const building = directory.buildings.find((each) => each.id === ward?.buildingId);
  return directory.sites.find((each) => each.id === building?.siteId);
}
